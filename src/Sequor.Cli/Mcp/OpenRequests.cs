using System.Text.Json;

namespace Sequor.Cli.Mcp;

/// <summary>Follows requests and answers as they pass, so that the end of the input does not cut off what was asked before it: whoever pipes requests gets all answers.</summary>
internal sealed class OpenRequests
{
    // What the protocol drops is never answered, and nobody shall wait for it for ever.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private bool _hasEnded;

    /// <summary>Takes a line of the input.</summary>
    /// <param name="line">A message.</param>
    public void Read(ReadOnlyMemory<byte> line)
    {
        (string? id, string? method, string? cancelled) = Told(line);
        if (id is not null && method is not null)
        {
            lock (_gate)
                _open.Add(id);
        }
        else if (method == "notifications/cancelled")
        {
            Close(cancelled);
        }
    }

    /// <summary>Takes a line of the output.</summary>
    /// <param name="line">A message.</param>
    public void Write(ReadOnlyMemory<byte> line)
    {
        if (Told(line) is (var id, null, _))
            Close(id);
    }

    /// <summary>Takes note that the input has ended, and waits until everything is answered.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task EndAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _hasEnded = true;
            if (_open.Count == 0)
                return;
        }

        await Task.WhenAny(_allAnswered.Task, Task.Delay(_patience, cancellation)).ConfigureAwait(false);
    }

    // What is cancelled may be answered all the same, before or behind that: it counts once.
    private void Close(string? id)
    {
        lock (_gate)
        {
            if (id is not null && _open.Remove(id) && _hasEnded && _open.Count == 0)
                _allAnswered.TrySetResult();
        }
    }

    // A line that is no message is the protocol's to refuse, and so is half a surrogate pair, which is noticed only when the text is read.
    private static (string? Id, string? Method, string? Cancelled) Told(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var message = JsonDocument.Parse(line);
            JsonElement root = message.RootElement;
            return (IdIn(root, "id"), Property(root, "method") is { ValueKind: JsonValueKind.String } method ? method.GetString() : null, IdIn(Property(root, "params"), "requestId"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return (null, null, null);
        }
    }

    // The text "1" and the number 1 are two ids.
    private static string? IdIn(JsonElement? owner, string name) => Property(owner, name) switch
    {
        { ValueKind: JsonValueKind.String } text => $"\"{text.GetString()}",
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static JsonElement? Property(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out JsonElement value) ? value : null;
}
