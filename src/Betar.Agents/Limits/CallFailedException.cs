namespace Betar.Agents.Limits;

/// <summary>A call of somebody else's service that did not work. It never leaves this assembly: executors answer with an outcome.</summary>
internal sealed class CallFailedException(string code, string reason, bool isTransient, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(reason, cause)
{
    public string Code => code;

    /// <summary>True when the same call may work a moment later.</summary>
    public bool IsTransient => isTransient;

    /// <summary>When the service wants to be asked again.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    public ExecutionOutcome ToOutcome() => ExecutionOutcome.Failed(code, Message);
}
