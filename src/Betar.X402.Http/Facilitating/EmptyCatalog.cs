using Betar.X402.Wire;

namespace Betar.X402.Http.Facilitating;

internal sealed class EmptyCatalog : IResourceCatalog
{
    internal static readonly EmptyCatalog Instance = new();

    private EmptyCatalog()
    {
    }

    public Task<DiscoveryPage> FindAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new DiscoveryPage([], query.Limit, query.Offset, 0));
}
