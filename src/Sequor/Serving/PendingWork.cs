namespace Sequor.Serving;

/// <summary>What a caller waits for and a decoding thread does.</summary>
/// <param name="client">Who asks.</param>
/// <param name="pieces">Source pieces that are decoded for it; 0 for work that is done between two steps.</param>
internal abstract class PendingWork(string client, int pieces)
{
    /// <summary>Who asks.</summary>
    internal string Client { get; } = client;

    /// <summary>Source pieces that are decoded for it.</summary>
    internal int Pieces { get; } = pieces;

    /// <summary>When it began to wait, in ticks of the queue's clock.</summary>
    internal long WaitsSince { get; set; }

    /// <summary>When a decoding thread took it; 0 before.</summary>
    internal long TakenAt { get; set; }

    /// <summary>Its place in its client's line; null where it does not wait.</summary>
    internal LinkedListNode<PendingWork>? Place { get; set; }

    /// <summary>Whether there is an answer: nobody waits for the work any more.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>Answers with a fault, if there is no answer yet.</summary>
    internal abstract void Fail(Exception fault);

    /// <summary>Answers that it was cancelled, if there is no answer yet.</summary>
    internal abstract void Cancel(CancellationToken cancellation);
}
