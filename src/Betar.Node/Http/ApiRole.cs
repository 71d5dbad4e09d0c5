namespace Betar.Node.Http;

/// <summary>What a caller may do. Each role may do what those before it may.</summary>
internal enum ApiRole
{
    /// <summary>See everything but secrets.</summary>
    Read,

    /// <summary>Change the node without spending: register, cancel, forget.</summary>
    Operate,

    /// <summary>Spend: money, or the work of an agent.</summary>
    Spend,
}
