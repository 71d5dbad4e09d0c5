// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// A wallet that is a contract: it agrees to what its owner signed with one byte in front, so that no signature of its is a key's.
contract ContractWallet is IERC1271 {
    address public immutable owner;

    error NotOwner();

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 66 || signature[0] != 0x01) return 0xffffffff;
        (address recovered, ECDSA.RecoverError fault,) = ECDSA.tryRecoverCalldata(digest, signature[1:]);
        return fault == ECDSA.RecoverError.NoError && recovered == owner ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    function execute(address target, bytes calldata call) external returns (bytes memory) {
        if (msg.sender != owner) revert NotOwner();
        (bool succeeded, bytes memory result) = target.call(call);
        if (!succeeded) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }
}
