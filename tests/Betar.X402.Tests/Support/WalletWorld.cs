using System.Buffers.Binary;
using Betar.Ethereum;
using Betar.X402.Schemes;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Support;

/// <summary>A chain on which the payer is a contract that says yes, no or nothing.</summary>
internal sealed class WalletWorld
{
    /// <summary>No key's: 66 bytes.</summary>
    internal static readonly string Signature = "0x01" + Vectors.Signature[2..];

    internal static readonly byte[] Bytes = Convert.FromHexString(Signature[2..]);

    internal static readonly Address Factory = Address.Parse(Vectors.Other);

    /// <summary>Signed by a wallet that is yet to be created by <see cref="Factory"/>.</summary>
    internal static readonly string Wrapped = "0x" + Convert.ToHexStringLower(
        AbiEncoder.Encode([AbiType.Parse("address"), AbiType.Parse("bytes"), AbiType.Parse("bytes")], Factory, new byte[4], Bytes))
        + string.Concat(Enumerable.Repeat("6492", 16));

    internal FakeChain Chain { get; } = new() { Creation = FacilitatorBench.Word(UInt256.One) };

    internal IChains Chains => new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = Chain });

    internal static VerificationOptions Options { get; } = new() { Wallets = new SignatureCheckOptions { AllowContractWallets = true } };

    internal static VerificationOptions WithFactory { get; } = new()
    {
        Wallets = new SignatureCheckOptions { AllowContractWallets = true, AllowUndeployedWallets = true, AllowedFactories = [Factory] },
    };

    internal WalletWorld Says(bool isValid)
    {
        var word = new byte[32];
        BinaryPrimitives.WriteUInt32BigEndian(word, isValid ? 0x1626ba7e : 0xffffffff);
        Chain.Answers["1626ba7e"] = RpcOutcome.Value(word);
        return this;
    }

    internal WalletWorld SaysNothing()
    {
        Chain.Answers["1626ba7e"] = RpcOutcome.TimedOut<byte[]>();
        return this;
    }

    /// <summary>The payer's account has a key and no code.</summary>
    internal WalletWorld IsNoContract()
    {
        Chain.CodeOf = _ => [];
        return this;
    }
}
