namespace Betar.Libp2p.Multiformats;

/// <summary>
/// One part of an address: its code and its value, without the length in front of it. An unknown part is the last: since nobody knows
/// how long its value is, it takes the rest of the bytes.
/// </summary>
public sealed class MultiaddrPart
{
    private readonly MultiaddrProtocol? _protocol;

    internal MultiaddrPart(ulong code, MultiaddrProtocol? protocol, ReadOnlyMemory<byte> value)
    {
        Code = (MultiaddrCode)Math.Min(code, int.MaxValue);
        _protocol = protocol;
        Value = value;
    }

    public MultiaddrCode Code { get; }

    public ReadOnlyMemory<byte> Value { get; }

    public bool IsKnown => _protocol is not null;

    /// <summary>The value as the address shows it; empty for parts without one and for unknown parts.</summary>
    public string Text => _protocol is { } protocol && protocol.Size != 0 ? MultiaddrValue.Write(protocol.Kind, Value.Span) : string.Empty;

    internal string? Name => _protocol?.Name;

    internal bool IsPath => _protocol?.Kind == MultiaddrValueKind.Path;
}
