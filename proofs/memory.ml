(* memory.ml - a plug-in of Frama-C that makes it faster and changes nothing else. Frama-C gives
   new values 2 MB, whatever OCAMLRUNPARAM says, so that a fifth of its time goes to emptying
   them; and it notes where each exception comes from, with which WP leaves loops. *)
let () =
  Gc.set { (Gc.get ()) with Gc.minor_heap_size = 16_000_000; space_overhead = 400 };
  Printexc.record_backtrace false
