using Sequor.Tensors.Cpu;

namespace Sequor.Tensors.Tests.Cpu;

public sealed class WorkerPoolTests
{
    public static TheoryData<int> ThreadCounts => [1, 2, 3, 8];

    [Theory, MemberData(nameof(ThreadCounts))]
    public void Every_item_runs_exactly_once_in_thousands_of_jobs_of_changing_size(int threads)
    {
        WorkerPool pool = new(threads);
        int[] counts = new int[64];
        for (int job = 0; job < 5_000; job++)
        {
            pool.Run(new Count(counts), 1 + (job % 64));
        }

        // 5,000 jobs are 78 rounds of sizes 1 to 64 and one of 1 to 8: item i runs in the jobs that are larger than i.
        for (int item = 0; item < 64; item++)
        {
            Assert.Equal((78 * (64 - item)) + Math.Max(0, 8 - item), counts[item]);
        }

        pool.Threads = 1;
    }

    [Fact]
    public void Two_threads_meet_inside_one_job()
    {
        WorkerPool pool = new(2);
        using Barrier barrier = new(2);
        pool.Run(new Meet(barrier), 2);
        Assert.Equal(1, barrier.CurrentPhaseNumber);
        pool.Threads = 1;
    }

    [Fact]
    public void A_sleeping_thread_wakes_for_the_next_job()
    {
        WorkerPool pool = new(2);
        for (int round = 0; round < 20; round++)
        {
            using Barrier barrier = new(2);
            pool.Run(new Meet(barrier), 2);
            Thread.Sleep(2);
        }

        pool.Threads = 1;
    }

    [Fact]
    public void An_item_may_start_work_of_its_own()
    {
        WorkerPool pool = new(2);
        int[] counts = new int[10];
        pool.Run(new Nest(pool, counts), 7);
        Assert.All(counts, count => Assert.Equal(7, count));
        pool.Threads = 1;
    }

    [Fact]
    public void Callers_on_other_threads_all_get_their_work_done()
    {
        WorkerPool pool = new(2);
        int[] counts = new int[16];
        Thread[] callers = new Thread[4];
        for (int index = 0; index < callers.Length; index++)
        {
            callers[index] = new Thread(() =>
            {
                for (int job = 0; job < 500; job++)
                {
                    pool.Run(new Count(counts), 16);
                }
            });
            callers[index].Start();
        }

        Array.ForEach(callers, caller => caller.Join());
        Assert.All(counts, count => Assert.Equal(2_000, count));
        pool.Threads = 1;
    }

    [Theory, MemberData(nameof(ThreadCounts))]
    public void The_exception_of_the_lowest_failing_item_surfaces_after_all_items_have_ended(int threads)
    {
        WorkerPool pool = new(threads);
        int[] counts = new int[9];
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => pool.Run(new FailFrom(3, counts), 9));
        Assert.Equal("item 3", exception.Message);
        Assert.All(counts, count => Assert.Equal(1, count));
        pool.Run(new Count(counts), 9);
        Assert.All(counts, count => Assert.Equal(2, count));
        pool.Threads = 1;
    }

    [Fact]
    public void Threads_can_be_added_and_taken_away_between_jobs()
    {
        WorkerPool pool = new(1);
        int[] counts = new int[32];
        foreach (int threads in (int[])[4, 2, 8, 1, 3, 1])
        {
            pool.Threads = threads;
            Assert.Equal(threads, pool.Threads);
            pool.Run(new Count(counts), 32);
        }

        Assert.All(counts, count => Assert.Equal(6, count));
    }

    [Fact]
    public void The_number_of_threads_cannot_change_during_a_job()
    {
        WorkerPool pool = new(2);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => pool.Run(new ResizeInside(pool), 2));
        Assert.Contains("cannot change to 3 threads while kernels are running", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Threads = 257);
        pool.Threads = 1;
    }

    [Fact]
    public void A_job_allocates_nothing_on_the_managed_heap()
    {
        WorkerPool pool = new(2);
        Count work = new(new int[8]);
        pool.Run(work, 8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int job = 0; job < 1_000; job++)
        {
            pool.Run(work, 8);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        pool.Threads = 1;
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("256", 256)]
    [InlineData(" ", 0)]
    [InlineData(null, 0)]
    public void The_environment_may_name_the_number_of_threads(string? wish, int expected) =>
        Assert.Equal(expected == 0 ? Math.Min(Environment.ProcessorCount, 64) : expected, WorkerPool.ThreadsFrom(wish));

    [Theory]
    [InlineData("0")]
    [InlineData("257")]
    [InlineData("two")]
    [InlineData("-1")]
    public void A_number_of_threads_that_cannot_be_is_refused_in_a_sentence(string wish)
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => WorkerPool.ThreadsFrom(wish));
        Assert.Contains(
            $"SEQUOR_THREADS is '{wish}', but it must be a whole number of threads from 1 to 256", exception.Message, StringComparison.Ordinal);
    }

    private readonly struct Count(int[] counts) : IWork
    {
        public void Run(int item) => Interlocked.Increment(ref counts[item]);
    }

    private readonly struct Meet(Barrier barrier) : IWork
    {
        public void Run(int item) => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30)), "the other thread never came");
    }

    private readonly struct Nest(WorkerPool pool, int[] counts) : IWork
    {
        public void Run(int item) => pool.Run(new Count(counts), counts.Length);
    }

    private readonly struct FailFrom(int first, int[] counts) : IWork
    {
        public void Run(int item)
        {
            Interlocked.Increment(ref counts[item]);
            if (item >= first)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"item {item}"));
            }
        }
    }

    private readonly struct ResizeInside(WorkerPool pool) : IWork
    {
        public void Run(int item) => pool.Threads = 3;
    }
}
