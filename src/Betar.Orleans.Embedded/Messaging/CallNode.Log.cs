using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal abstract partial class CallNode
{
    public void LogOneWayFailed(string request, GrainId target, Exception exception) => LogOneWayFailed(Log, request, target, exception);

    protected void LogUnreadable(SiloAddress from, Exception exception) => LogUnreadable(Log, from, exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Request} to {Target} failed")]
    private static partial void LogOneWayFailed(ILogger log, string request, GrainId target, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message from {From} could not be read")]
    private static partial void LogUnreadable(ILogger log, SiloAddress from, Exception exception);
}
