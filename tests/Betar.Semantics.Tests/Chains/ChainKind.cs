namespace Betar.Semantics.Tests.Chains;

public enum ChainKind
{
    Closed,
    Allowed,
    AllowedThenSuppressed,
    AllowedAndOver,
}
