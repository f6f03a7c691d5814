(* open_goals.ml - a plug-in of Frama-C for tests/mutate_core: of each copy NAME_m1, NAME_m2...
   of the function NAME_m0, the first goal of its contract that is not proved any more.

   A goal with the very formula that it has in NAME_m0 is left out: a change touches few goals.
   A goal kills if its prover proves it in NAME_m0 and not in the copy: with half as many steps
   again as there, and with all of -wp-steps where no other goal kills. Those that killed last
   come first; those that cost most and kill least come last. The prover is Z3, and CVC4 where
   Z3 gives NAME_m0 up. Z3 may search for ever and count no step: after some seconds it is
   asked again with structs that are no data types of its own (tests/mutate_core), and then
   CVC4, whose steps end it: as many as it takes a minute for. A goal on which CVC4 too runs
   out of time kills nobody; where no other goal does, the copy is undecided. Prints "NUMBER
   killed GOAL", "NUMBER survived -" or "NUMBER undecided GOAL", a line each.

   Each clause, too, must be broken by a copy at least: "0 clause CLAUSE" for each that the
   contract names, and "NUMBER breaks CLAUSE" for the first copy that makes a goal of it fail. *)
open Wp

type goal = { name : string; po : Wpo.t; formula : string Lazy.t }
type verdict = Proved of int (* after so many steps *) | Open | Stopped of int | Undecided

let least_steps = 100_000

let z3 = "z3" and z3_without_data_types = "z3:4.8.12:noBV" and seconds_of_z3 = 20
let cvc4 = "cvc4" and steps_of_cvc4 = 100_000

let no_verdict format = Format.kasprintf (fun why ->
  Format.printf "no verdict: %s@." why;
  Kernel.abort "no verdict") format

let matches pattern text =
  match Str.search_forward (Str.regexp pattern) text 0 with
  | _ -> true
  | exception Not_found -> false

(* What says most, first; what costs most and kills least, last. *)
let rank goal =
  if matches "_\\(exact\\|accepted_exactly\\|names_it\\)" goal.name then 0
  else if matches ("_\\(consistent\\|evolves\\|refused_is_unchanged\\|assigns\\|exits\\|terminates"
    ^ "\\|complete_\\|disjoint_\\|assert_rte\\)") goal.name then 2
  else 1

(* The clause of a goal, if it is of one with a name: a clause may be proved in parts. *)
let clause_of goal =
  if matches "_ensures_" goal.name
  then Some (Str.global_replace (Str.regexp "_part[0-9]+$") "" goal.name) else None

(* Which of these it is: the name of a part is cut shorter than that of the whole. *)
let clause_among clauses goal =
  match clause_of goal with
  | None -> None
  | Some name ->
    let is_cut clause = name <> goal.name && Str.string_match (Str.regexp_string (name ^ "_")) clause 0 in
    List.find_opt (fun clause -> clause = name || is_cut clause) clauses

(* vc_delete_m7 is the copy 7 of vc_delete. *)
let copy_of kf =
  let name = Kernel_function.get_name kf in
  if Str.string_match (Str.regexp "\\(.*\\)_m\\([0-9]+\\)$") name 0
  then Some (Str.matched_group 1 name, int_of_string (Str.matched_group 2 name))
  else None

(* The text of a formula: functions that WP makes for each context have one name in all. *)
let text_of po =
  match po.Wpo.po_formula with
  | Wpo.GoalLemma _ -> no_verdict "%s is a lemma" po.Wpo.po_gid
  | Wpo.GoalAnnot { goal } ->
    WpContext.on_context (Wpo.get_context po) (fun () ->
      Format.asprintf "%a" Lang.F.pp_pred (Wpo.GOAL.compute_proof ~pid:po.Wpo.po_pid goal)) ()

let goals_of kf name =
  let own_name = Str.regexp ("^[a-z_]*" ^ Str.quote (Kernel_function.get_name kf) ^ "_") in
  let goals = ref [] in
  VC.clear ();
  ignore (VC.generate_kf kf);
  Wpo.iter_on_goals (fun po ->
    let name = Str.replace_first own_name (name ^ "_") po.Wpo.po_gid in
    goals := { name; po; formula = lazy (text_of po) } :: !goals);
  List.rev !goals

let verdicts : (string * string * string, verdict) Hashtbl.t = Hashtbl.create 997

let judge goal_prover steps goal =
  let key = goal_prover, goal.name, Lazy.force goal.formula in
  match Hashtbl.find_opt verdicts key with
  | Some (Proved _ | Open | Undecided as verdict) -> verdict
  | Some (Stopped before as verdict) when before >= steps -> verdict
  | _ ->
    let rec prove name =
      let prover = match VCS.parse_prover name with
        | Some prover -> prover
        | None -> no_verdict "there is no prover %s" name in
      let instead_of_z3 = name = cvc4 && name <> goal_prover in
      let most = if instead_of_z3 then min steps steps_of_cvc4 else steps in
      let config = { (VCS.current ()) with VCS.stepout = Some most } in
      let config = if name = cvc4 then config else { config with VCS.timeout = Some seconds_of_z3 } in
      ignore (Task.wait (Prover.prove goal.po ~config prover));
      let result = Wpo.get_result goal.po prover in
      match result.VCS.verdict with
      | _ when VCS.is_valid (Wpo.get_result goal.po VCS.Qed) -> Proved 0 (* needed no prover *)
      | VCS.Valid -> Proved result.VCS.prover_steps
      | VCS.Unknown -> Open
      | VCS.Stepout -> Stopped steps
      | VCS.Timeout | VCS.NoResult when name = z3 -> prove z3_without_data_types
      | VCS.Timeout | VCS.NoResult when name = z3_without_data_types -> prove cvc4
      | VCS.Timeout -> Undecided (* steps decide, under any load *)
      | _ ->
        no_verdict "%s: %a" goal.po.Wpo.po_gid VCS.pp_result result in
    let verdict = if Wpo.is_trivial goal.po then Proved 0 else prove goal_prover in
    Hashtbl.replace verdicts key verdict;
    verdict

let judge_copies () =
  let all_steps = Wp_parameters.Steps.get () in
  let original = Hashtbl.create 97 and proofs = Hashtbl.create 97 in
  let killers = ref [] and unbroken = ref [] and later = ref [] in
  let broken_by n clause =
    unbroken := List.filter ((<>) clause) !unbroken;
    Format.printf "%d breaks %s@." n clause in
  let proof_of goal = (* as it stands: its prover, and the steps that a change of it may take *)
    match Hashtbl.find_opt proofs goal.name, Hashtbl.find_opt original goal.name with
    | Some proof, _ -> proof
    | None, None -> z3, least_steps
    | None, Some before ->
      let proved_by prover =
        match judge prover all_steps before with
        | Proved steps -> Some (prover, min all_steps (max least_steps (steps * 3 / 2)))
        | Open | Stopped _ | Undecided -> None in
      let proof = match proved_by z3 with
        | Some proof -> proof
        | None -> match proved_by cvc4 with
          | Some proof -> proof
          | None -> no_verdict "%s is not proved as it stands" goal.name in
      Hashtbl.replace proofs goal.name proof;
      proof in
  let has_changed goal =
    match Hashtbl.find_opt original goal.name with
    | None -> true
    | Some before -> Lazy.force goal.formula <> Lazy.force before.formula in
  let soon goal = let prover, steps = proof_of goal in judge prover steps goal in
  let kills_soon goal = has_changed goal && soon goal = Open in
  let at_last goal = judge (fst (proof_of goal)) all_steps goal in
  let kills goal = has_changed goal &&
    match at_last goal with Open | Stopped _ -> true | Proved _ | Undecided -> false in
  let is_undecided goal = has_changed goal && at_last goal = Undecided in
  let in_order goals =
    let killed, others = List.partition (fun goal -> List.mem goal.name !killers) goals in
    List.filter_map (fun name -> List.find_opt (fun goal -> goal.name = name) killed) !killers
    @ List.stable_sort (fun a b -> compare (rank a) (rank b)) others in
  Globals.Functions.iter (fun kf ->
    match copy_of kf with
    | None -> ()
    | Some (name, 0) ->
      let goals = goals_of kf name in
      List.iter (fun goal -> Hashtbl.replace original goal.name goal) goals;
      unbroken := List.sort_uniq compare (List.filter_map clause_of goals);
      List.iter (Format.printf "0 clause %s@.") !unbroken
    | Some (name, n) ->
      let goals = in_order (goals_of kf name) in
      let killer = match List.find_opt kills_soon goals with
        | Some _ as killer -> killer
        | None -> List.find_opt kills goals in
      let is_killer goal = match killer with Some { name } -> name = goal.name | None -> false in
      List.iter (fun goal ->
        match clause_among !unbroken goal with
        | Some clause ->
          if is_killer goal || kills_soon goal then broken_by n clause
          else if has_changed goal && (match soon goal with Stopped _ -> true | _ -> false)
          then later := (kf, name, n) :: List.filter (fun (_, _, m) -> m <> n) !later
        | _ -> ()) goals;
      match killer with
      | None ->
        (match List.find_opt is_undecided goals with
         | Some { name } -> Format.printf "%d undecided %s@." n name
         | None -> Format.printf "%d survived -@." n)
      | Some { name } ->
        killers := name :: List.filter ((<>) name) !killers;
        Format.printf "%d killed %s@." n name);
  (* What no copy has broken so soon, with all steps. *)
  List.iter (fun (kf, name, n) ->
    if !unbroken <> [] then
      List.iter (fun goal ->
        match clause_among !unbroken goal with
        | Some clause when kills goal -> broken_by n clause
        | _ -> ()) (goals_of kf name)) (List.rev !later)

let () = Db.Main.extend judge_copies
