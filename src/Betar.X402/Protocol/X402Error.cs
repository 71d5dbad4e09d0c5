namespace Betar.X402.Protocol;

/// <summary>A refusal. The code is kept as a number, because a peer may send one that is not known here.</summary>
public sealed record X402Error : X402Reply
{
    public long ErrorCode { get; init; }

    public string ErrorName { get; init; } = "";

    public string Message { get; init; } = "";

    public bool Retryable { get; init; }

    public StreamErrorCode Code => (StreamErrorCode)(int)Math.Clamp(ErrorCode, 0, int.MaxValue);

    public static X402Error Create(StreamErrorCode code, string correlationId, string message) => new()
    {
        CorrelationId = correlationId,
        ErrorCode = (long)code,
        ErrorName = StreamErrors.NameOf(code),
        Message = message,
        Retryable = StreamErrors.IsRetryable(code),
    };
}
