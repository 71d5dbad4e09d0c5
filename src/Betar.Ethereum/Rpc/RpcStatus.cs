namespace Betar.Ethereum;

/// <summary>How a call to a node ended. Only <see cref="Value"/> and <see cref="Error"/> are the node's own word.</summary>
public enum RpcStatus
{
    /// <summary>No connection, or an HTTP status that is not success. After a send the transaction may still be on its way.</summary>
    Unreachable = 0,

    /// <summary>No answer before the deadline. After a send the transaction may still be on its way.</summary>
    TimedOut,

    /// <summary>An answer that is no JSON-RPC, too large, or of another shape than the method's. After a send nothing is known.</summary>
    InvalidResponse,

    /// <summary>Several nodes were asked and too few of them say the same.</summary>
    NoAgreement,

    /// <summary>The node answered with an error object.</summary>
    Error,

    /// <summary>The node answered with a result.</summary>
    Value,
}
