using System.Collections.Concurrent;

namespace Betar.Libp2p.Limits;

/// <summary>Scopes that come with their first holder and go with their last.</summary>
internal sealed class ScopeTable<TKey>(string name, Func<TKey, ScopeLimitOptions> limits)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, ResourceScope> _scopes = new();

    public int Count => _scopes.Count;

    /// <summary>The scope, held once more.</summary>
    public ResourceScope Hold(TKey key)
    {
        while (true)
        {
            var scope = _scopes.GetOrAdd(key, static (key, table) => table.Create(key), this);
            if (scope.TryHold())
                return scope;
            _scopes.TryRemove(KeyValuePair.Create(key, scope));
        }
    }

    public ResourceAmount Used(TKey key) => _scopes.TryGetValue(key, out var scope) ? scope.Used : default;

    private ResourceScope Create(TKey key) => new(name, limits(key), scope => _scopes.TryRemove(KeyValuePair.Create(key, scope)));
}
