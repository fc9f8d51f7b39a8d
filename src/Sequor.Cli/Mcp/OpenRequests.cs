using System.Text.Json;

namespace Sequor.Cli.Mcp;

/// <summary>Counts requests and answers as they pass, so that the end of the input does not cut off what was asked before it: whoever pipes requests gets all answers.</summary>
internal sealed class OpenRequests
{
    // What is cancelled may never be answered, and nobody shall wait for it for ever.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private bool _hasEnded;

    /// <summary>Takes a line of the input.</summary>
    /// <param name="line">A message.</param>
    public void Read(ReadOnlyMemory<byte> line)
    {
        (bool hasId, string? method) = Told(line);
        if (hasId && method is not null)
            Change(1);
        else if (method == "notifications/cancelled")
            Change(-1);
    }

    /// <summary>Takes a line of the output.</summary>
    /// <param name="line">A message.</param>
    public void Write(ReadOnlyMemory<byte> line)
    {
        if (Told(line) is (true, null))
            Change(-1);
    }

    /// <summary>Takes note that the input has ended, and waits until everything is answered.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task EndAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _hasEnded = true;
            if (_open <= 0)
                return;
        }

        await Task.WhenAny(_allAnswered.Task, Task.Delay(_patience, cancellation)).ConfigureAwait(false);
    }

    private void Change(int by)
    {
        lock (_gate)
        {
            _open += by;
            if (_hasEnded && _open <= 0)
                _allAnswered.TrySetResult();
        }
    }

    // A line that is no message is the protocol's to refuse.
    private static (bool HasId, string? Method) Told(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var message = JsonDocument.Parse(line);
            JsonElement root = message.RootElement;
            return root.ValueKind != JsonValueKind.Object ? (false, null)
                : (root.TryGetProperty("id", out _), root.TryGetProperty("method", out JsonElement method) && method.ValueKind == JsonValueKind.String ? method.GetString() : null);
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }
}
