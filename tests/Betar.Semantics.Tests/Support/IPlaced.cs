namespace Betar.Semantics.Tests.Support;

/// <summary>A grain that says where it lives.</summary>
public interface IPlaced
{
    Task<SiloAddress> Silo();
}
