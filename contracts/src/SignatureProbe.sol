// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// Asks a wallet that may not exist yet about a signature (ERC-6492). It is never deployed: a node runs its creation as a call, and what
/// the creation returns is one word, 1 or 0.
contract SignatureProbe {
    constructor(address signer, bytes32 digest, bytes memory signature, address factory, bytes memory preparation) {
        bool valid;
        if (signer.code.length == 0) {
            // Whether it worked shows in the wallet's code.
            (bool made,) = factory.call(preparation);
            made;
        }
        if (signer.code.length != 0) {
            (bool answered, bytes memory answer) = signer.staticcall(abi.encodeCall(IERC1271.isValidSignature, (digest, signature)));
            valid = answered && answer.length >= 32 && bytes32(answer) == bytes32(IERC1271.isValidSignature.selector);
        }
        assembly {
            mstore(0, valid)
            return(0, 32)
        }
    }
}
