namespace Betar.Ethereum;

/// <summary>A node's error object; <paramref name="Data"/> holds the bytes when the node sent hex there.</summary>
public sealed record RpcError(int Code, string Message, ReadOnlyMemory<byte> Data)
{
    /// <summary>The code that nodes give to a call that reverted.</summary>
    public const int ExecutionReverted = 3;

    /// <summary>EIP-7966: accepted, but not included in time; the data is the transaction's hash.</summary>
    public const int InclusionTimedOut = 4;

    /// <summary>JSON-RPC's own codes for a method or parameters that the node does not have: it has done nothing.</summary>
    const int MethodNotFound = -32601;
    const int InvalidParameters = -32602;

    /// <summary>HTTP's, which some nodes put where JSON-RPC has its own.</summary>
    const int TooManyRequests = 429;

    internal static RpcError NotOffered { get; } = new(MethodNotFound, "this client does not offer the method", default);

    /// <summary>The text of Solidity's <c>Error(string)</c>, or null when the data is something else.</summary>
    public string? RevertReason => Ethereum.RevertReason.TryDecode(Data.Span, out var reason) ? reason : null;

    /// <summary>The node holds or has included this very transaction: for a sender that repeats itself, that is success.</summary>
    public bool IsAlreadyKnown =>
        Message.Contains("already known", StringComparison.OrdinalIgnoreCase) || Message.Contains("already imported", StringComparison.OrdinalIgnoreCase);

    /// <summary>The account's nonce has moved past this transaction's.</summary>
    public bool IsNonceTooLow => Message.Contains("nonce too low", StringComparison.OrdinalIgnoreCase);

    /// <summary>The contract's own refusal. Nodes disagree on the code when it came without data.</summary>
    public bool IsRevert => Code == ExecutionReverted || Message.Contains("execution reverted", StringComparison.OrdinalIgnoreCase);

    /// <summary>The node wants to be asked less. That an answer would be too long is another matter, though some give both the same code.</summary>
    public bool IsRateLimited => Code == TooManyRequests
        || Message.Contains("rate limit", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("too many requests", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("request count exceeded", StringComparison.OrdinalIgnoreCase);

    /// <summary>The node refused the question itself.</summary>
    public bool IsNotUnderstood => Code is MethodNotFound or InvalidParameters;
}
