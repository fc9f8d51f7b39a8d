using Sequor.Tensors.Cpu;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>--threads, which sets the pool that the whole process shares: a pool at work refuses, so nothing else may run.</summary>
[Collection(BenchVerbTests.Alone)]
public sealed class ThreadsOptionTests(ToyRun toy) : IClassFixture<ToyRun>, IDisposable
{
    private const string Text = "the dog sees the tree\n\nthe man hears the wind\n";

    private readonly int _before = WorkerPool.Shared.Threads;

    public void Dispose() => WorkerPool.Shared.Threads = _before;

    [Theory]
    [InlineData("translate", "--json")]
    [InlineData("translate", "--sample", "--scores")]
    [InlineData("translate", "--compute-type", "int8", "--scores")]
    [InlineData("rescore", "--tokens")]
    public void No_number_of_threads_changes_an_output(string verb, params string[] options)
    {
        string input = verb == "rescore" ? "the dog sees the tree\tden Baum\nthe man\tder Mann\n" : Text;
        string[] outputs = [.. new[] { "1", "2", "3" }.Select(threads =>
        {
            string output = Called.On(input, [verb, toy.Model, .. options, "--threads", threads]).MustSucceed();
            Assert.Equal(threads, $"{WorkerPool.Shared.Threads}");
            return output;
        })];
        Assert.Single(outputs.Distinct());
    }
}
