namespace Sequor.Extensions.Registry;

/// <summary>A model in memory with the number of those who hold it: the registry once, and every lease. The last to give it back frees its memory.</summary>
internal sealed class ServingModel(string id, ModelFiles files, BatchingTranslator translator, TimeProvider time)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _holds = 1;
    private long _lastUsed = time.GetTimestamp();

    internal string Id => id;

    internal string Path => files.Path;

    internal string Version => files.Version;

    internal BatchingTranslator Translator => translator;

    /// <summary>Ends when the memory has been freed.</summary>
    internal Task Released => _released.Task;

    /// <summary>How long nobody has taken or given it back.</summary>
    internal TimeSpan Unused => time.GetElapsedTime(Interlocked.Read(ref _lastUsed));

    /// <summary>Takes a hold, unless the memory is free already.</summary>
    internal bool TryHold()
    {
        int holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds)
            {
                Touch();
                return true;
            }

            holds = seen;
        }

        return false;
    }

    /// <summary>Gives a hold back. The memory is freed elsewhere: whoever gives back may stand on the decoding thread, which freeing waits for.</summary>
    internal void GiveBack()
    {
        Touch();
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static model => model.Release(), this, preferLocal: false);
        }
    }

    /// <summary>Gives the registry's hold back and frees the memory before it returns, unless leases are out.</summary>
    internal void GiveBackAtOnce()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Release();
        }
    }

    /// <summary>Gives the registry's hold back only if nobody else has one.</summary>
    internal bool TryRetire()
    {
        if (Interlocked.CompareExchange(ref _holds, 0, 1) != 1)
        {
            return false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static model => model.Release(), this, preferLocal: false);
        return true;
    }

    private void Touch() => Interlocked.Exchange(ref _lastUsed, time.GetTimestamp());

    private void Release()
    {
        try
        {
            translator.Dispose();
        }
        finally
        {
            _released.SetResult();
        }
    }
}
