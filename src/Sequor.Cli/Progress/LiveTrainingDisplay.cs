using Sequor.Training.Logs;
using Spectre.Console;
using Line = Spectre.Console.Text;

namespace Sequor.Cli.Progress;

/// <summary>
/// Shows a training on a terminal as it runs. The training thread only stores what it has to tell; a thread of the
/// display's own draws at most five times a second. Validations and messages stay above the display as plain lines.
/// </summary>
internal sealed class LiveTrainingDisplay : ITrainingListener, IDisposable
{
    private const int HistoryMeans = 256;
    private const int SparklineColumns = 18;
    private static readonly TimeSpan _frame = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly StringWriter _above = new();
    private readonly PlainTextListener _lines;
    private readonly LossHistory _losses = new(HistoryMeans);
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _painter;
    private TrainingStart? _start;
    private TrainingLogEntry? _update;
    private long _updateReceived;
    private ValidationEntry? _validation;
    private string? _savedPath;

    /// <summary>Prepares a display; nothing is drawn before the training starts.</summary>
    /// <param name="console">The terminal; nobody else may write to it until the training has finished.</param>
    /// <param name="time">The clock for the time since the last update.</param>
    public LiveTrainingDisplay(IAnsiConsole console, TimeProvider time)
    {
        (_console, _time) = (console, time);
        _lines = new PlainTextListener(_above);
    }

    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
        lock (_gate)
        {
            _start = start;
            _updateReceived = _time.GetTimestamp();
            _lines.Started(start);
        }

        AppDomain.CurrentDomain.ProcessExit += ShowCursor;
        Console.CancelKeyPress += ShowCursor;
        _painter = new Thread(Paint) { IsBackground = true, Name = "training display" };
        _painter.Start();
    }

    /// <inheritdoc/>
    public void Updated(TrainingLogEntry entry)
    {
        lock (_gate)
        {
            _update = entry;
            _updateReceived = _time.GetTimestamp();
            _losses.Add(entry.Loss);
        }
    }

    /// <inheritdoc/>
    public void Validated(ValidationEntry entry)
    {
        lock (_gate)
        {
            _validation = entry;
            _lines.Validated(entry);
        }
    }

    /// <inheritdoc/>
    public void Saved(string path)
    {
        lock (_gate)
        {
            _savedPath = path;
        }
    }

    /// <inheritdoc/>
    public void Message(string text)
    {
        lock (_gate)
        {
            _lines.Message(text);
        }
    }

    /// <inheritdoc/>
    public void Finished(TrainingSummary summary)
    {
        lock (_gate)
        {
            _lines.Finished(summary);
        }

        Close();
    }

    /// <summary>Takes the display down and gives the cursor back, also where the training failed and never finished.</summary>
    public void Dispose()
    {
        Close();
        _stop.Dispose();
    }

    private void Close()
    {
        if (_painter is null)
        {
            return;
        }

        _stop.Set();
        _painter.Join();
        _painter = null;
        AppDomain.CurrentDomain.ProcessExit -= ShowCursor;
        Console.CancelKeyPress -= ShowCursor;
        WriteAbove();
        ShowCursor(this, EventArgs.Empty);
    }

    private void Paint()
    {
        LiveDisplay live = _console.Live(TrainingView.Render(Snapshot(), _console.Profile.Width, _console.Profile.Capabilities.Unicode));
        live.AutoClear = true;
        live.Start(context =>
        {
            do
            {
                WriteAbove();
                context.UpdateTarget(TrainingView.Render(Snapshot(), _console.Profile.Width, _console.Profile.Capabilities.Unicode));
            }
            while (!_stop.Wait(_frame));
        });
    }

    private TrainingSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new TrainingSnapshot
            {
                Start = _start!,
                Update = _update,
                Validation = _validation,
                SavedPath = _savedPath,
                Sparkline = _losses.Sparkline(SparklineColumns),
                ElapsedSeconds = (_update?.ElapsedSeconds ?? _start!.ResumedSeconds)
                    + _time.GetElapsedTime(_updateReceived).TotalSeconds,
            };
        }
    }

    private void WriteAbove()
    {
        string text;
        lock (_gate)
        {
            text = _above.ToString();
            _above.GetStringBuilder().Clear();
        }

        if (text.Length > 0)
        {
            _console.Write(new Line(text));
        }
    }

    private void ShowCursor(object? sender, EventArgs happened) => _console.Cursor.Show(true);
}
