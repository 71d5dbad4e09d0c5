namespace Betar.Libp2p;

/// <summary>The one exception in which everything ends that a peer or the network does wrong.</summary>
public sealed class Libp2pException : IOException
{
    public Libp2pException(Libp2pError code, string message)
        : base(message) => Code = code;

    public Libp2pException(Libp2pError code, string message, Exception? cause)
        : base(message, cause) => Code = code;

    public Libp2pError Code { get; }

    /// <summary>The name of the limit that was hit, where one has a name.</summary>
    public string? Limit { get; private init; }

    /// <summary>The host counts the limit when the handler of a protocol ends with it.</summary>
    public static Libp2pException Exceeded(string limit, string message) => new(Libp2pError.LimitExceeded, message) { Limit = limit };

    internal static Libp2pException Late(string limit, string message) => new(Libp2pError.Timeout, message) { Limit = limit };
}
