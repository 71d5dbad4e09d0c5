namespace Betar.Node.Selling;

/// <summary>Limits of a listener.</summary>
public sealed class TcpServiceOptions
{
    /// <summary>Connections served at once; one more is closed at once. Range 1 to 100,000; default 1,024.</summary>
    public int MaxConnections { get; init; } = 1_024;

    /// <summary>Connections of one remote address served at once. Range 1 to 100,000; default 512.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 512;
}
