namespace Betar.Libp2p;

/// <summary>The one exception in which everything ends that a peer or the network does wrong.</summary>
public sealed class Libp2pException : IOException
{
    public Libp2pException(Libp2pError code, string message)
        : base(message) => Code = code;

    public Libp2pException(Libp2pError code, string message, Exception? cause)
        : base(message, cause) => Code = code;

    public Libp2pError Code { get; }
}
