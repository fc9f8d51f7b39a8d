using Sequor.Decoding.Engine;
using Sequor.Serving;

namespace Sequor.Tests.Serving;

public sealed class WorkQueueTests
{
    private readonly WorkQueue _queue = new(limit: 100, TimeSpan.FromMinutes(1), TimeProvider.System);

    [Fact]
    public void Clients_take_turns_and_the_oldest_of_each_comes_first()
    {
        Wait("a1 a2 a3 a4 b1 b2 c1");

        Assert.Equal("a1 b1", Take(2));
        Assert.Equal("c1 a2 b2", Take(3));
        Wait("c2 d1");
        Assert.Equal("a3 c2 d1 a4", Take(9));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Of_those_that_have_just_come_the_like_are_taken_together()
    {
        Wait("a1", 10);
        Wait("a2", 50);
        Wait("a3", 12);
        Wait("a4", 19);
        Wait("a5", 4);

        Assert.Equal("a1 a3 a4", Take(3));
        Assert.Equal("a2 a5", Take(3));
    }

    [Fact]
    public void Whoever_has_waited_long_is_passed_over_by_nothing()
    {
        var queue = new WorkQueue(limit: 100, TimeSpan.Zero, TimeProvider.System);
        foreach ((string name, int pieces) in new[] { ("a1", 10), ("a2", 50), ("b1", 12) })
        {
            queue.Add(new Work(name, pieces));
        }

        List<PendingWork> taken = [];
        queue.Take(new BatchRoom(2, 1000), taken);
        Assert.Equal(["a1", "b1"], taken.Select(work => ((Work)work).Name));
        queue.Add(new Work("b2", 3));

        // There is no room for the long one that is next, and the short one behind it has to wait too.
        queue.Take(new BatchRoom(2, 20, IsEmpty: false), taken);
        Assert.Empty(taken);
        queue.Take(new BatchRoom(2, 20), taken);
        Assert.Equal("a2", ((Work)taken[0]).Name);
    }

    [Fact]
    public void What_was_taken_away_is_given_to_nobody()
    {
        var gone = new Work("a1", 3);
        _queue.Add(gone);
        Wait("a2 b1");

        _queue.Remove(gone);
        _queue.Remove(gone);

        Assert.Equal("a2 b1", Take(9));
    }

    [Fact]
    public void A_closed_queue_gives_what_waits_once_and_takes_nothing()
    {
        Wait("a1 b1");

        Assert.Equal(2, _queue.Close()!.Count);
        Assert.Null(_queue.Close());
        Assert.False(_queue.Wait(Timeout.InfiniteTimeSpan));
        Assert.Throws<ObjectDisposedException>(() => Wait("a1"));
    }

    private void Wait(string names, int pieces = 5)
    {
        foreach (string name in names.Split(' '))
        {
            _queue.Add(new Work(name, pieces));
        }
    }

    private string Take(int sentences)
    {
        List<PendingWork> taken = [];
        _queue.Take(new BatchRoom(sentences, 1000), taken);
        return string.Join(' ', taken.Select(work => ((Work)work).Name));
    }

    /// <summary>Work of the client whose letter its name begins with.</summary>
    private sealed class Work(string name, int pieces) : PendingWork(name[..1], pieces)
    {
        internal string Name { get; } = name;

        internal override bool IsAnswered => false;

        internal override void Fail(Exception fault)
        {
        }

        internal override void Cancel(CancellationToken cancellation)
        {
        }
    }
}
