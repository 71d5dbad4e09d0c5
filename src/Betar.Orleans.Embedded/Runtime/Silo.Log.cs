using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class Silo
{
    public void LogTurnFailed(Activation activation, Exception exception) => LogTurnFailed(Log, activation.GrainId, exception);

    public void LogActivationFailed(GrainId grain, Exception exception) => LogActivationFailed(Log, grain, exception);

    public void LogDeactivationFailed(GrainId grain, Exception exception) => LogDeactivationFailed(Log, grain, exception);

    public void LogTimerFailed(GrainId grain, Exception exception) => LogTimerFailed(Log, grain, exception);

    public void LogReminderFailed(GrainId grain, string name, Exception exception) => LogReminderFailed(Log, grain, name, exception);

    public void LogReminderWithoutPeriod(GrainId grain, string name) => LogReminderWithoutPeriod(Log, grain, name);

    public void LogRemindersUnread(Exception exception) => LogRemindersUnread(Log, exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Name} of {Grain} failed")]
    private static partial void LogReminderFailed(ILogger log, GrainId grain, string name, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Name} of {Grain} is left out: its row has no period")]
    private static partial void LogReminderWithoutPeriod(ILogger log, GrainId grain, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminder table could not be read")]
    private static partial void LogRemindersUnread(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of the engine failed in {Grain}")]
    private static partial void LogTurnFailed(ILogger log, GrainId grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} could not be activated")]
    private static partial void LogActivationFailed(ILogger log, GrainId grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} failed while it was deactivated")]
    private static partial void LogDeactivationFailed(ILogger log, GrainId grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of {Grain} failed")]
    private static partial void LogTimerFailed(ILogger log, GrainId grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Name} started as {Address}")]
    private static partial void LogStarted(ILogger log, string name, SiloAddress address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Name} stopped ({Address})")]
    private static partial void LogStopped(ILogger log, string name, SiloAddress address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Address} was killed")]
    private static partial void LogKilled(ILogger log, SiloAddress address);
}
