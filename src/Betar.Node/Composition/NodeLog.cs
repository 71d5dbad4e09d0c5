using Betar.Node.Cli;
using Betar.Node.Configuration.Settings;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>How a node that stays up writes its log.</summary>
internal static class NodeLog
{
    public const string Text = "text";
    public const string Json = "json";

    public static string[] Levels { get; } = [.. Enum.GetNames<LogLevel>().Select(level => level.ToLowerInvariant())];

    /// <param name="context">Where it goes, and whether more is wanted.</param>
    /// <param name="settings">In order: <see cref="UpOptions"/> has told what is not.</param>
    public static ILoggerFactory Open(CommandContext context, NodeSettings settings)
    {
        LogLevel level = settings.Text(NodeSetting.LogLevel) is { } word ? Enum.Parse<LogLevel>(word.Trim(), ignoreCase: true)
            : context.Verbose ? LogLevel.Information : LogLevel.Warning;
        return settings.Text(NodeSetting.LogFormat)!.Trim().Equals(Json, StringComparison.OrdinalIgnoreCase)
            ? new JsonLoggerFactory(context.Error, level, context.Time)
            : new LineLoggerFactory(context.Error, level, context.Time);
    }
}
