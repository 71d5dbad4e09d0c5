using System.CommandLine;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Cli;

/// <summary>Binds what a command does to its place in the command line: context in, exit code out, refusals to stderr.</summary>
public static class CliCommand
{
    /// <summary>What a command does: null when it went well, otherwise why not.</summary>
    public delegate Task<CliRefusal?> Body(CommandContext context, ParseResult arguments, CancellationToken cancellation);

    public static Command Create(string name, string description, CliHost host, Body body, params ReadOnlySpan<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                throw new ArgumentException($"{symbol.GetType().Name} cannot be a part of a command.", nameof(symbols));
        }

        command.SetAction((arguments, cancellation) => RunAsync(host, arguments, body, cancellation));
        return command;
    }

    public static async Task<int> RunAsync(CliHost host, ParseResult arguments, Body body, CancellationToken cancellation)
    {
        var verbose = arguments.GetValue(GlobalOptions.Verbose);
        CliRefusal? refusal;
        try
        {
            var context = new CommandContext(host.Out, host.Error, host.Time, host.Environment)
            {
                Json = arguments.GetValue(GlobalOptions.Json),
                Verbose = verbose,
                Watched = host.Watched,
                Answers = host.Answers,
                AskSecret = host.AskSecret,
                Input = host.Input,
                Output = host.Output,
                Screen = host.Screen,
                Data = DataFolder.Resolve(arguments.GetValue(GlobalOptions.Data), host.Environment),
            };
            refusal = await body(context, arguments, cancellation);
            await host.Out.FlushAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // The last place before the terminal: every failure becomes a sentence with a code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            refusal = ExceptionTranslator.Translate(exception);
        }

        return refusal is null ? 0 : host.Report(refusal, verbose);
    }
}
