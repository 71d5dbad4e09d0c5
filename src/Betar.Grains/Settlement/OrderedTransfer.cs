using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Settlement;

/// <summary>A payer's authorisation, which the token takes from anybody and once.</summary>
internal sealed class OrderedTransfer : IChainOrder
{
    private readonly AuthorizationFate _fate;
    private readonly Address _token;
    private readonly SignedTransferAuthorization _authorization;

    public OrderedTransfer(TransferOrder order, AuthorizationFate fate)
    {
        (_fate, _token, _authorization) = (fate, Address.Parse(order.Asset), Authorizations.Of(order));
        (Name, Subject) = ($"{order.Nonce}/{order.Signature}", order.Nonce);
        Call = Eip3009Token.Settle(_token, _authorization);
    }

    public string Name { get; }

    public string Subject { get; }

    public ContractCall Call { get; }

    public bool IsGuarded => true;

    public bool IsTraceable => true;

    public Address? PlainPayer => _authorization.Signature.Length == PrivateKey.SignatureSize ? _authorization.From : null;

    public bool IsDoneBy(TransactionReceipt receipt) => receipt.Succeeded && AuthorizationFate.Carries(receipt, _token, _authorization);

    public Task<SettlementResult> FindAsync() => _fate.FindAsync(_token, _authorization);
}
