global using Betar.Grains.Abstractions.Results;
global using Orleans;
global using Orleans.Runtime;
