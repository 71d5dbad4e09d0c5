namespace Betar.Node.Http.Routing;

/// <summary>In whose words a route answers.</summary>
internal enum ApiStyle
{
    /// <summary>As the original did: refusals are plain text, JSON ends with a new line.</summary>
    Legacy,

    /// <summary>Refusals are problem details with the stable codes.</summary>
    V1,
}
