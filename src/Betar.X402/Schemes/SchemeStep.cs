namespace Betar.X402.Schemes;

/// <summary>What the requirement's amount means: what will be asked at most, or what is charged now.</summary>
public enum SchemeStep
{
    Verify,
    Settle,
}
