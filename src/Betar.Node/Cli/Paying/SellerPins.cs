using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.X402.Http.Buying;

namespace Betar.Node.Cli.Paying;

/// <summary>
/// Whom a seller's money goes to: who was named for this purchase, else who was paid before, else whom the seller names. The one place that
/// says so, for web servers and agents; kept in <see cref="KnownPayees"/>.
/// </summary>
/// <param name="payees">Everybody's.</param>
/// <param name="named">The one that this purchase names; null: none.</param>
/// <param name="name">The agent's name; empty for a server.</param>
/// <param name="where">Where the seller is met.</param>
internal sealed class SellerPins(KnownPayees payees, Address? named, string name, string where) : IPayeePins
{
    private bool hasAllowed;
    private (Address Before, Address Now)? change;

    public ValueTask<bool> AllowsAsync(string origin, Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(Allows(origin, payee));

    /// <exception cref="CliRefusedException">What is kept cannot be read.</exception>
    public bool Allows(string seller, Address payee) => Allows(Find(seller)?.PayTo, payee);

    private bool Allows(Address? before, Address payee)
    {
        var isAllowed = (named ?? before ?? payee) == payee;
        hasAllowed |= isAllowed;
        if (!isAllowed && named is null)
            change ??= (before!.Value, payee);
        return isAllowed;
    }

    public ValueTask<bool> TryPinAsync(string origin, Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(TryPin(origin, payee));

    /// <exception cref="CliRefusedException">What is kept cannot be read.</exception>
    public bool TryPin(string seller, Address payee)
    {
        // Looked at once: what another purchase keeps meanwhile must not be taken for what was allowed here, and written over.
        var before = Find(seller);
        if (!Allows(before?.PayTo, payee))
            return false;
        var pin = new KnownPayee(seller, name, where, payee);
        if (before is null)
            return payees.TryKeepFirst(pin) || TryPin(seller, payee);
        if (before != pin)
            payees.Keep(pin);
        return true;
    }

    /// <summary>Why nobody was paid, when it was for another payee than before; null when that was not why.</summary>
    public CliRefusal? Changed(string seller) => !hasAllowed && change is var (before, now)
        ? ErrorCatalog.PayeeChanged.Refuse(
            $"{seller} was paid at {before} before and now names {now}", $"ask its owner; if it is right, run it again with --pay-to {now}")
        : null;

    private KnownPayee? Find(string seller) => payees.Find(seller) is { IsOk: true } known ? known.Value : throw new CliRefusedException(payees.Find(seller).Refusal!);
}
