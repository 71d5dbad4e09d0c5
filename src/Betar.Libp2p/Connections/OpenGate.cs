namespace Betar.Libp2p.Connections;

/// <summary>Lets everybody through.</summary>
internal sealed class OpenGate : IConnectionGate
{
    public static OpenGate Instance { get; } = new();
}
