namespace Betar.Ethereum;

/// <summary>A plain read got no usable answer; <see cref="Status"/> says why.</summary>
public sealed class ChainUnavailableException : Exception
{
    public ChainUnavailableException() : this(RpcStatus.Unreachable, "The node cannot be reached.") { }

    public ChainUnavailableException(string message) : this(RpcStatus.Unreachable, message) { }

    public ChainUnavailableException(string message, Exception innerException) : base(message, innerException) { }

    public ChainUnavailableException(RpcStatus status, string message) : base(message) => Status = status;

    public RpcStatus Status { get; }
}
