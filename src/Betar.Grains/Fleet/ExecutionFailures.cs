using Betar.Agents;

namespace Betar.Grains.Fleet;

/// <summary>Codes of tasks that were begun and came to nothing.</summary>
internal static class ExecutionFailures
{
    public static bool Are(string code) => code is ExecutionCodes.Failed or ExecutionCodes.TimedOut or ExecutionCodes.ModelUnavailable
        or ExecutionCodes.LimitReached or ExecutionCodes.AddressRefused or ExecutionCodes.SecretMissing or ExecutionCodes.WebhookFailed
        or ExecutionCodes.ProcessFailed or ExecutionCodes.ToolFailed or ExecutionCodes.OutputInvalid;
}
