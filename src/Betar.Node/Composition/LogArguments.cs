using System.CommandLine;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>The options that say how a node that stays up writes its log.</summary>
internal static class LogArguments
{
    private const string Text = "text";
    private const string Json = "json";

    private static readonly Option<string> s_format = new("--log-format") { Description = "How the log is written: text or json", HelpName = "FORMAT", DefaultValueFactory = _ => Text };

    private static readonly Option<string?> s_level = new("--log-level")
    {
        Description = "The least level that is written: trace, debug, information, warning, error, critical, none [default: warning; information with --verbose]", HelpName = "LEVEL",
    };

    public static Symbol[] All => [s_format, s_level];

    public static Checked<ILoggerFactory> Read(CommandContext context, ParseResult arguments)
    {
        string format = arguments.GetRequiredValue(s_format);
        if (format is not (Text or Json))
            return ErrorCatalog.BadOptionValue.Refuse($"--log-format {VisibleText.Of(format)} is neither text nor json");
        LogLevel level = context.Verbose ? LogLevel.Information : LogLevel.Warning;
        if (arguments.GetValue(s_level) is { } word && (!Enum.TryParse(word, ignoreCase: true, out level) || !char.IsAsciiLetter(word[0])))
            return ErrorCatalog.BadOptionValue.Refuse($"--log-level {VisibleText.Of(word)} is no level of a log", "write trace, debug, information, warning, error, critical or none");
        return Checked.Of<ILoggerFactory>(format == Json
            ? new JsonLoggerFactory(context.Error, level, context.Time)
            : new LineLoggerFactory(context.Error, level, context.Time));
    }
}
