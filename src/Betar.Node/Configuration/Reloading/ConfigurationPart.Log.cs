using Microsoft.Extensions.Logging;

namespace Betar.Node.Configuration.Reloading;

internal sealed partial class ConfigurationPart
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The agents were read again.")]
    private static partial void LogReloaded(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The agents were not read again, and stay as they are: {Refusal}")]
    private static partial void LogRefused(ILogger logger, string refusal);

    [LoggerMessage(Level = LogLevel.Error, Message = "The agents could not be read again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
