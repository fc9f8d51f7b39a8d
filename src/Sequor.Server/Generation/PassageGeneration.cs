using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Server.Faults;

namespace Sequor.Server.Generation;

/// <summary>One text on its way: its sentences are decoded side by side, and told in their order.</summary>
internal sealed class PassageGeneration : IDisposable
{
    private readonly string _text;
    private readonly IReadOnlyList<PassagePart> _parts;
    private readonly Task<GeneratedText>?[] _sentences;
    private readonly Channel<string>?[] _streams;
    private readonly CancellationTokenSource _stop;

    private PassageGeneration(string text, IReadOnlyList<PassagePart> parts, CancellationToken cancellation)
    {
        (_text, _parts) = (text, parts);
        _sentences = new Task<GeneratedText>?[parts.Count];
        _streams = new Channel<string>?[parts.Count];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Sends the sentences of a text to the model.</summary>
    /// <param name="plan">What is asked.</param>
    /// <param name="text">The text.</param>
    /// <param name="firstNumber">The number of its first sentence among those of the request.</param>
    /// <param name="isStreamed">Whether parts are wanted as soon as they are certain.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static PassageGeneration Start(GenerationPlan plan, string text, long firstNumber, bool isStreamed, CancellationToken cancellation)
    {
        PassageGeneration passage = new(text, Passage.Cut(text), cancellation);
        bool isFirst = true;
        for (int i = 0; i < passage._parts.Count; i++)
        {
            PassagePart part = passage._parts[i];
            if (!part.IsSentence)
            {
                continue;
            }

            Channel<string>? stream = isStreamed ? Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }) : null;
            passage._streams[i] = stream;
            GenerationJob job = plan.Job(text.Substring(part.Start, part.Length), isFirst, firstNumber++, stream is null ? null : said => stream.Writer.TryWrite(said));
            passage._sentences[i] = GenerateAsync(plan, job, stream?.Writer, passage._stop.Token);
            isFirst = false;
        }

        return passage;
    }

    /// <summary>The number of sentences.</summary>
    internal int Sentences => _sentences.Count(sentence => sentence is not null);

    /// <summary>The output's parts, as soon as they are certain; laid end to end they are the output.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    internal async IAsyncEnumerable<string> PartsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            if (_streams[i] is not { } stream)
            {
                yield return _text.Substring(_parts[i].Start, _parts[i].Length);
                continue;
            }

            await foreach (string said in stream.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return said;
            }
        }
    }

    /// <summary>The whole, once all sentences are there; the first fault ends the others.</summary>
    internal async Task<GeneratedPassage> ResultAsync()
    {
        List<Task<GeneratedText>> open = [.. _sentences.OfType<Task<GeneratedText>>()];
        while (open.Count > 0)
        {
            Task<GeneratedText> done = await Task.WhenAny(open).ConfigureAwait(false);
            if (!done.IsCompletedSuccessfully)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(open).ContinueWith(static all => all.Exception, TaskScheduler.Default).ConfigureAwait(false);
                await done.ConfigureAwait(false);
            }

            open.Remove(done);
        }

        return new GeneratedPassage(_text, [.. _parts.Zip(_sentences, (part, sentence) => (part, sentence?.Result))]);
    }

    /// <summary>Ends whatever is still being decoded.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static async Task<GeneratedText> GenerateAsync(GenerationPlan plan, GenerationJob job, ChannelWriter<string>? stream, CancellationToken cancellation)
    {
        try
        {
            GeneratedText output = await plan.Lease.Translator.GenerateAsync(job, cancellation).ConfigureAwait(false);
            stream?.Complete();
            return output;
        }
        catch (ArgumentException fault)
        {
            RequestFaultException told = new(StatusCodes.Status400BadRequest, ArgumentFault.Sentence(fault), fault);
            stream?.Complete(told);
            throw told;
        }
        catch (Exception fault)
        {
            stream?.Complete(fault);
            throw;
        }
    }
}
