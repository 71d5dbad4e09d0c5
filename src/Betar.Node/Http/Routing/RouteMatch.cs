namespace Betar.Node.Http.Routing;

/// <summary>What a path stands for.</summary>
/// <param name="Route">Null: nothing is there for this method.</param>
/// <param name="Values">What stands in the places of the path.</param>
/// <param name="Methods">What the path can be asked by; empty: there is no such path.</param>
internal sealed record RouteMatch(ApiRoute? Route, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Methods)
{
    /// <summary>In whose words to refuse.</summary>
    public ApiStyle Style { get; init; }
}
