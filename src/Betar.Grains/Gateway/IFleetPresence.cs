namespace Betar.Grains.Gateway;

/// <summary>The fleet's host as one silo can open it. Calls never overlap, but for <see cref="CloseAsync"/>, which may come at any time.</summary>
public interface IFleetPresence
{
    /// <summary>Opens the host, and completes when peers can come in. Nothing is served once the term is over.</summary>
    /// <returns>Where they can.</returns>
    Task<IReadOnlyList<string>> OpenAsync(PresenceTerm term, CancellationToken cancellationToken);

    /// <summary>Takes nothing new, and completes when what was paid for is done or the wait is given up.</summary>
    Task DrainAsync(CancellationToken cancellationToken);

    /// <summary>Ends it at once, also while it opens. Completes when nothing can be heard of it any more.</summary>
    Task CloseAsync();
}
