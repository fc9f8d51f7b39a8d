using System.Text;

namespace Sequor.Cli.Tests;

/// <summary>Calls the program inside this process, with streams of memory.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record Called(int Code, string Output, string Errors)
{
    public static Called With(params string[] arguments) => On("", arguments);

    public static Called On(string input, params string[] arguments) => On(Encoding.UTF8.GetBytes(input), arguments);

    public static Called On(byte[] input, params string[] arguments)
    {
        using MemoryStream output = new();
        using StringWriter errors = new() { NewLine = "\n" };
        Terminal terminal = new() { Input = new MemoryStream(input), Output = output, Errors = errors };
        int code = CommandLine.Run(arguments, terminal);
        return new Called(code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    /// <summary>The output of a call that must succeed.</summary>
    public string MustSucceed()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Errors}");
        return Output;
    }

    /// <summary>What a call that must fail says.</summary>
    public string MustFail(int code)
    {
        Assert.True(Code == code, $"exit code {Code}, not {code}: {Errors}{Output}");
        Assert.Equal("", Output);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        return Errors;
    }
}
