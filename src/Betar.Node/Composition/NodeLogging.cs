using Betar.Node.Cli;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Composition;

/// <summary>Where a node's log goes: to stderr with --verbose; else its warnings, for a node that stays up.</summary>
internal static class NodeLogging
{
    public static ILoggerFactory Create(CommandContext context, LogLevel quietLevel)
    {
        LogLevel level = context.Verbose ? LogLevel.Information : quietLevel;
        return level == LogLevel.None ? NullLoggerFactory.Instance : new LineLoggerFactory(context.Error, level, context.Time);
    }
}
