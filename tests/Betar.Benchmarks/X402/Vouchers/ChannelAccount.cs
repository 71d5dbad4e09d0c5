using Orleans;

namespace Betar.Benchmarks.X402.Vouchers;

/// <summary>What a channel's grain keeps.</summary>
[GenerateSerializer]
public sealed class ChannelAccount
{
    [Id(0)]
    public string Balance { get; set; } = "0";

    [Id(1)]
    public string Charged { get; set; } = "0";

    [Id(2)]
    public string SignedMax { get; set; } = "0";

    [Id(3)]
    public byte[] Signature { get; set; } = [];
}
