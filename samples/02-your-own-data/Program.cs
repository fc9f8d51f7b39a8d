// Trains a translator on two files of your own, line by line translations of each other, then translates what you type.
using System.Globalization;
using Sequor;
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

double minutes = 0;
if (args.Length is not (1 or 3 or 4)
    || (args.Length == 4 && !double.TryParse(args[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes)))
{
    Console.Error.WriteLine("To train:     dotnet run -c Release -- SOURCE TARGET DIRECTORY [MINUTES]");
    Console.Error.WriteLine("To translate: dotnet run -c Release -- DIRECTORY");
    return 2;
}

try
{
    string directory = args.Length == 1 ? args[0] : args[2];
    if (args.Length > 1)
    {
        Train(args[0], args[1], directory, minutes > 0 ? minutes : null);
    }

    Translate(directory);
    return 0;
}
catch (Exception fault) when (fault is CorpusException or ModelFormatException or ModelConflictException or IOException)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}

static void Train(string source, string target, string directory, double? minutes)
{
    // Vocabulary, model and dev set are chosen by what the files hold; the same files give the same choice.
    AutomaticRun plan = AutomaticRun.Plan(source, target, directory);
    Console.Error.WriteLine($"{plan.Report.PairsKept} of {plan.Report.PairsRead} pairs are usable; {plan.DevPairs} of them are held out");
    var configuration = plan.Configuration with { Training = plan.Configuration.Training with { MaxMinutes = minutes } };

    // Ctrl-C finishes the update at hand and saves; the same call goes on from there.
    using var stop = new CancellationTokenSource();
    void StopAndSave(object? sender, ConsoleCancelEventArgs signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    Console.CancelKeyPress += StopAndSave;
    TrainingRunResult result = TrainingRun.Train(
        configuration, new TrainingRunOptions { Directory = directory }, new PlainTextListener(Console.Error), stop.Token);
    Console.CancelKeyPress -= StopAndSave;
    Console.Error.WriteLine($"report = {result.ReportPath}");
}

static void Translate(string directory)
{
    using Translator translator = Translator.Load(directory);
    Console.Error.WriteLine("Type a sentence; an empty line ends.");
    while (Console.ReadLine() is { Length: > 0 } line)
    {
        Console.WriteLine(translator.Translate(line));
    }
}
