using Betar.Ethereum;
using Betar.X402.Eip712;

namespace Betar.Contracts.Tests.Support;

/// <summary>Deals with one vault as buyers and sellers do.</summary>
internal sealed class VaultDriver(Anvil anvil, Contract vault, TokenSigner signer)
{
    internal const ulong Amount = 1_000;
    internal const ulong Day = 86_400;
    internal const ulong DisputeWindow = 2 * Day;
    internal const ulong ArbiterWindow = 5 * Day;

    internal static readonly Hash32 Answer = TypedData.Label("the answer");

    internal Contract Vault => vault;

    internal Eip712Domain Domain { get; } = new("Betar PaymentVault", "1", Anvil.ChainId, vault.Address);

    internal async Task<Terms> TermsAsync(string salt = "terms") => new(
        Account.Buyer.Address, Account.Seller.Address, Account.Arbiter.Address, Amount,
        await anvil.NextTimeAsync() + Day, DisputeWindow, ArbiterWindow, TypedData.Label(salt));

    internal Hash32 IdOf(Terms terms) => TypedData.Digest(Domain, Terms.Type, [.. terms.Argument]);

    internal async Task<Terms> OpenAsync(string salt = "terms", Func<Terms, Terms>? change = null)
    {
        var terms = await TermsAsync(salt);
        terms = change is null ? terms : change(terms);
        await vault.SendAsync(Account.Relayer, "deposit", Deposit(terms));
        return terms;
    }

    internal async Task<Terms> OpenDeliveredAsync(string salt = "terms", Func<Terms, Terms>? change = null)
    {
        var terms = await OpenAsync(salt, change);
        await ShowAsync(terms);
        return terms;
    }

    /// <summary>Disputed by the buyer, who has given a receipt, or by the seller, who has none.</summary>
    internal async Task<Terms> OpenDisputedAsync(bool receipted)
    {
        var terms = receipted ? await OpenDeliveredAsync() : await OpenAsync();
        await vault.SendAsync(receipted ? Account.Buyer : Account.Seller, "dispute", terms.Argument);
        return terms;
    }

    internal Task<TransactionReceipt> ShowAsync(Terms terms) =>
        vault.SendAsync(Account.Relayer, "showReceipt", terms.Argument, Answer.ToArray(), Receipt(Account.Buyer, terms));

    internal object[] Deposit(Terms terms, Account? by = null, byte[]? signature = null) =>
    [
        terms.Argument, UInt256.Zero, (UInt256)TokenSigner.Never,
        signature ?? signer.Receive(by ?? Account.Buyer, terms.Buyer, vault.Address, terms.Amount, IdOf(terms)),
    ];

    internal byte[] Receipt(Account by, Terms terms) =>
        by.Sign(TypedData.Digest(Domain, "Receipt(bytes32 escrow,bytes32 answer)", IdOf(terms).ToArray(), Answer.ToArray()));

    internal async Task<EscrowState> StateAsync(Terms terms) => (await EscrowAsync(terms)).State;

    internal async Task<(EscrowState State, bool Receipted, ulong Until)> EscrowAsync(Terms terms)
    {
        var escrow = await vault.ReadAsync("escrows", IdOf(terms).ToArray());
        return ((EscrowState)(ulong)(UInt256)escrow[0], (bool)escrow[1], (ulong)(UInt256)escrow[2]);
    }
}
