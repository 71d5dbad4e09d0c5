using System.Globalization;

namespace Betar.Ethereum;

/// <summary>Which block's state a question is about. The default is the latest block.</summary>
public readonly record struct BlockTag
{
    readonly byte _kind;

    BlockTag(byte kind, ulong number) => (_kind, Height) = (kind, number);

    public static BlockTag Latest => default;

    /// <summary>The latest block and what waits to be included after it.</summary>
    public static BlockTag Pending => new(1, 0);

    public static BlockTag Number(ulong number) => new(2, number);

    /// <summary>The block's number when the tag names one.</summary>
    public ulong Height { get; }

    public bool IsNumber => _kind == 2;

    public override string ToString() => _kind switch
    {
        0 => "latest",
        1 => "pending",
        _ => "0x" + Height.ToString("x", CultureInfo.InvariantCulture),
    };
}
