using Betar.X402.Wire;

namespace Betar.X402.Http.Facilitating;

/// <summary>What buyers may find through a facilitator.</summary>
public interface IResourceCatalog
{
    Task<DiscoveryPage> FindAsync(CatalogQuery query, CancellationToken cancellationToken);
}
