# script.pl - what the scripts in Perl share: usage and options, as script.sh has them, and files.
use strict;
use warnings;
use Cwd 'realpath';

# Of a tree that has a link to .ci, as tests make one, the top is there, where the script stands.
our $top = realpath($0);
$top =~ s,/[^/]*$,, until -e "$top/.ci/script.pl" || $top eq '';
our $script = realpath($0) =~ s,^\Q$top\E/,,r;

sub warning { print STDERR "$script: @_\n" }
sub refuse { warning(@_); exit 2 }
sub misused { refuse("@_; see $script --help") }

# The comment that the script begins with.
sub usage { for (lines($0)) { last unless s/^# ?//; print "$_\n" unless /^!/ } }

# Reads the options off @ARGV and leaves the arguments; the words are those of options in script.sh.
sub options
{
    my (%kind, %value, @arguments, $needed);
    my ($least, $most) = (0, 0);
    for (@_) {
        if (/^(--[a-z-]+)(?:=(.*))?$/) { $kind{$1} = $2 // '' }
        elsif (/\.\.\.$/) { $most = 100000 }
        else { $most++; if (!/^\[/) { $least++; $needed ||= $_ } }
    }
    while (@ARGV) {
        my $word = shift @ARGV;
        if ($word eq '--help') { usage(); exit 0 }
        elsif ($word !~ /^-/) { push @arguments, $word; misused("unexpected argument '$word'") if @arguments > $most }
        elsif (!defined $kind{$word}) { misused("unknown option $word") }
        else { $value{ $word =~ s/^--//r } = $kind{$word} eq '' ? 'yes' : value_of($word, $kind{$word}, shift @ARGV) }
    }
    misused("needs $needed") if @arguments < $least;
    @ARGV = @arguments;
    return %value;
}

sub value_of
{
    my ($option, $kind, $value) = @_;
    my $is = defined $value && $value ne '';
    if ($kind eq 'DIR') { $is && -d $value or misused("$option needs a directory") }
    elsif ($kind eq 'FILE') { $is && -r $value && !-d $value or misused("$option needs a file") }
    elsif ($kind eq 'N') { $is && $value =~ /^[0-9]{1,9}$/ or misused("$option needs a number") }
    elsif (!$is) { misused("$option needs a value") }
    return $value;
}

# The lines of a file, without their ends; none if there is no such file and none is needed.
sub lines
{
    my ($file, $may_be_missing) = @_;
    open my $handle, '<', $file or $may_be_missing ? return : refuse("cannot read $file: $!");
    chomp(my @lines = <$handle>);
    return @lines;
}

# In place of a file, once it is whole.
sub replace
{
    my ($file, @text) = @_;
    open my $handle, '>', "$file.new" or refuse("cannot write $file: $!");
    print $handle @text;
    close $handle && rename "$file.new", $file or refuse("cannot write $file: $!");
}

sub set_of { my %set = map { $_ => 1 } @_; return \%set }
sub sorted { my $set = set_of(@_); return sort keys %$set }

1;
