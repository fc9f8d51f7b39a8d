using Sequor.Cli;

return CommandLine.Run(args, Terminal.Open());
