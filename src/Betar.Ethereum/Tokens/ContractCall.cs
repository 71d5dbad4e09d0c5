namespace Betar.Ethereum;

/// <summary>What a transaction will do, before anybody has chosen its nonce and fees.</summary>
public sealed record ContractCall(Address To, ReadOnlyMemory<byte> Data, ulong GasLimit)
{
    public Eip1559Transaction ToTransaction(ulong chainId, ulong nonce, UInt256 maxFeePerGas, UInt256 maxPriorityFeePerGas) => new()
    {
        ChainId = chainId,
        Nonce = nonce,
        MaxFeePerGas = maxFeePerGas,
        MaxPriorityFeePerGas = maxPriorityFeePerGas,
        GasLimit = GasLimit,
        To = To,
        Data = Data,
    };

    public CallRequest ToCallRequest(Address? from = null) => new(To, Data) { From = from };
}
