namespace Betar.Semantics.Tests.Keys;

/// <summary>A second interface of the same grain class.</summary>
public interface ISecondFaceGrain : IGrainWithStringKey
{
    Task<int> CountBySecondFace();
}
