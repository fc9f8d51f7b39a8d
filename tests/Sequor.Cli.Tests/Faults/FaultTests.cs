using System.Text;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Configuration;

namespace Sequor.Cli.Tests.Faults;

public sealed class FaultTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named() => Assert.StartsWith(
        $"sequor score: There is no file {_folder["gone"]}.", Called.With("score", "--hyp", _folder["gone"], "--ref", _folder["gone"]).MustFail(1), StringComparison.Ordinal);

    [Fact]
    public void A_directory_is_no_file() => Assert.Equal(
        $"sequor score: {_folder.Path} is a directory; a file is needed here. Name the file in it.\n",
        Called.On("a\n", "score", "--ref", _folder.Path).MustFail(1));

    [Fact]
    public void A_byte_that_is_no_text_is_found_in_standard_input() => Assert.StartsWith(
        "sequor score: standard input is not UTF-8: line 2, byte 1 of the line (0xFC).",
        Called.On([0x61, 0x0A, 0xFC, 0x0A], "score", "--ref", _folder.Write("r", "a\nb\n")).MustFail(1), StringComparison.Ordinal);

    [Fact]
    public void Every_wrong_option_is_named_at_once() => Assert.Equal(
        """
        sequor score: 3 things are wrong:
          There is no option '--hypo' here. Did you mean '--hyp'?
          There is no option '-x' here.
          --seed needs a whole number from 0 up, not '-1'.
        'sequor score --help' shows how it is used.

        """, Called.With("score", "--hypo=a", "--ref", "b", "-x", "--seed", "-1").MustFail(2));

    [Fact]
    public void A_full_disk_is_the_machines_fault() => Assert.Equal(
        (ExitCode.MachineFailed, "No space left on device"),
        (FaultText.Of(new IOException("No space left on device")).Code, FaultText.Of(new IOException("No space left on device")).Sentences.Single()));

    [Fact]
    public void Memory_that_is_not_enough_is_the_machines_fault() => Assert.Equal(ExitCode.MachineFailed, FaultText.Of(new OutOfMemoryException()).Code);

    [Fact]
    public void Every_fault_of_a_configuration_is_told()
    {
        ConfigurationFault[] faults = [new(new("c.yaml", 3, 5), "model.heads", "expected a number"), new(new("c.yaml", 9, 1), "sead", "unknown key")];

        Assert.Equal(
            (ExitCode.WrongInput, "c.yaml:3:5: model.heads: expected a number | c.yaml:9:1: sead: unknown key"),
            (FaultText.Of(new ConfigurationException(faults)).Code, string.Join(" | ", FaultText.Of(new ConfigurationException(faults)).Sentences)));
    }

    [Fact]
    public void Anything_else_is_a_bug_and_says_so()
    {
        (int code, IReadOnlyList<string> sentences) = FaultText.Of(new InvalidOperationException("of all things"));

        Assert.Equal(70, code);
        Assert.Equal("This is a bug in sequor, not in what you did: InvalidOperationException: of all things", Assert.Single(sentences));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_who_asks_sees_where_in_the_program_it_happened(bool asks)
    {
        using StringWriter errors = new();
        Terminal broken = new() { Input = new BrokenStream(), Output = Stream.Null, Errors = errors };
        int code = CommandLine.Run(["score", "--ref", "-", .. asks ? new[] { "--verbose" } : []], broken);

        Assert.Equal(70, code);
        Assert.Contains("This is a bug in sequor", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(asks, errors.ToString().Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reader_that_leaves_ends_the_program_without_a_word()
    {
        using StringWriter errors = new();
        string vocabulary = _folder.Write("v", "sequor-tokenizer word\n<unk>\n<s>\n</s>\n<pad>\na\n");
        Terminal left = new() { Input = new MemoryStream(Encoding.UTF8.GetBytes("a\na\n")), Output = new PipeAwareStream(new LeftStream()), Errors = errors };

        Assert.Equal(0, CommandLine.Run(["tokenize", "--model", vocabulary], left));
        Assert.Equal("", errors.ToString());
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("a fault of the program");
    }

    private sealed class LeftStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", 32);
    }
}
