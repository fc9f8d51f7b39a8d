#!/usr/bin/perl
# Writes src/Sequor/Text/Training/UnicodeScriptTable.cs from the Unicode data that Perl carries.
# Usage: perl tools/unicode/scripts.pl > src/Sequor/Text/Training/UnicodeScriptTable.cs
use strict;
use warnings;
use Unicode::UCD qw(prop_invmap);

my ($starts, $values) = prop_invmap("Script");
my $version = Unicode::UCD::UnicodeVersion();

# The four scripts that the piece rules name come first, so that their numbers do not move with the Unicode version.
my @names = qw(Common Inherited Han Hiragana Katakana);
my %number = map { $names[$_] => $_ } 0 .. $#names;
for my $name (sort keys %{{ map { $_ => 1 } @$values }}) {
    next if $name eq "Unknown" || exists $number{$name};
    $number{$name} = @names;
    push @names, $name;
}
# A code point that no script owns yet counts as Common: it may stand beside no letter, like punctuation.
$number{"Unknown"} = 0;

my @entries;
my $previous = -1;
for my $i (0 .. $#$starts) {
    last if $starts->[$i] > 0x10FFFF;
    my $script = $number{$values->[$i]};
    next if $script == $previous;
    push @entries, sprintf("0x%08X", $starts->[$i] * 256 + $script);
    $previous = $script;
}

print <<"HEAD";
// Made by tools/unicode/scripts.pl from Unicode $version; do not edit.

namespace Sequor.Text.Training;

/// <summary>Where each run of code points with one script begins (Unicode $version).</summary>
internal static class UnicodeScriptTable
{
    /// <summary>The version of the Unicode character database behind the table.</summary>
    public const string UnicodeVersion = "$version";

    /// <summary>First code point of a run, shifted left by eight, plus the number of its script; ascending.</summary>
    public static ReadOnlySpan<uint> Runs =>
    [
HEAD
while (@entries) {
    my @row = splice @entries, 0, 12;
    print "        ", join(", ", @row), ",\n";
}
print "    ];\n}\n";
