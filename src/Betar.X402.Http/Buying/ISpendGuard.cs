namespace Betar.X402.Http.Buying;

/// <summary>Says yes or no to a spend before it is signed: per request, per seller, per day.</summary>
public interface ISpendGuard
{
    /// <summary>Sets the amount aside. False: over a limit, and nothing is signed.</summary>
    Task<bool> ReserveAsync(SpendRequest request, CancellationToken cancellationToken);

    /// <summary>Nothing was signed: the amount is free again.</summary>
    Task ReleaseAsync(SpendRequest request, CancellationToken cancellationToken);

    /// <summary>The seller took it.</summary>
    Task SpentAsync(SpendRequest request, CancellationToken cancellationToken);
}
