# goals.pl - what a log of Frama-C/WP says of its goals.
use strict;
use warnings;

# A hash for each verdict on a goal or a smoke test of these functions, in their order: kind, prover,
# name, function (the longest whose name the goal begins with), verdict, steps.
sub verdicts
{
    my ($functions, @log) = @_;
    my (@verdicts, %of);
    my @longest_first = sort { length $b <=> length $a } @$functions;
    for (@log) {
        my ($prover, $kind, $name, $verdict) = /^\[wp\] \[(\w*)[^\]]*\] (?:\S+ )*?(Goal|Smoke-test) (\S+)(?: \S+ (\S+))?/ or next;
        $name =~ s/^typed_ref_//;
        $prover = 'Qed' if $prover eq 'CFG'; # both are WP itself: no prover was asked
        $of{$name} //= (grep { index($name, "${_}_") == 0 } @longest_first)[0] // '';
        push @verdicts, {kind => $kind, prover => $prover, name => $name, function => $of{$name},
            verdict => $verdict // '', steps => / \((\d+)\)$/ ? $1 : 0};
    }
    return @verdicts;
}

1;
